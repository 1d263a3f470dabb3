import { useEffect, useEffectEvent } from 'react';

/** Tells when the system asks to close what is open: Android's Back. Browsers that have none do not have this. */
interface CloseWatcherLike {
  onclose: (() => void) | null;
  destroy(): void;
}

/** Calls `dismiss` at a press or scroll outside the elements, when the window changes its size, and at Android's Back, which else leaves the page. */
export function useDismiss(
  inside: readonly { readonly current: HTMLElement | null }[],
  dismiss: () => void,
): void {
  const onPress = useEffectEvent((event: Event) => {
    const target = event.target instanceof Node ? event.target : null;
    if (!inside.some((element) => element.current?.contains(target))) dismiss();
  });
  const onResize = useEffectEvent(() => dismiss());
  const onBack = useEffectEvent(() => dismiss());
  useEffect(() => {
    const stop = new AbortController();
    const options = { signal: stop.signal, capture: true, passive: true };
    document.addEventListener('pointerdown', (event) => onPress(event), options);
    document.addEventListener('wheel', (event) => onPress(event), options);
    window.addEventListener('resize', () => onResize(), options);
    return () => stop.abort();
  }, []);
  useEffect(() => {
    const { CloseWatcher } = window as { CloseWatcher?: new () => CloseWatcherLike };
    if (!CloseWatcher) return;
    const watcher = new CloseWatcher();
    watcher.onclose = () => onBack();
    return () => watcher.destroy();
  }, []);
}
