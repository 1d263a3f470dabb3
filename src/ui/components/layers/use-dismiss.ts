import { useEffect, useEffectEvent } from 'react';

/** Calls `dismiss` at a press or scroll outside the elements, and when the window changes its size. */
export function useDismiss(
  inside: readonly { readonly current: HTMLElement | null }[],
  dismiss: () => void,
): void {
  const onPress = useEffectEvent((event: Event) => {
    const target = event.target instanceof Node ? event.target : null;
    if (!inside.some((element) => element.current?.contains(target))) dismiss();
  });
  const onResize = useEffectEvent(() => dismiss());
  useEffect(() => {
    const stop = new AbortController();
    const options = { signal: stop.signal, capture: true, passive: true };
    document.addEventListener('pointerdown', (event) => onPress(event), options);
    document.addEventListener('wheel', (event) => onPress(event), options);
    window.addEventListener('resize', () => onResize(), options);
    return () => stop.abort();
  }, []);
}
