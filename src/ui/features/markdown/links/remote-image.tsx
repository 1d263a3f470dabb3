import { ImageOff } from 'lucide-react';
import { useState } from 'react';
import * as strings from '../strings.ts';
import { remoteImage } from './safe-url.ts';

/**
 * A picture a reply refers to. Nothing is fetched by itself: an address can carry what was said to whoever owns it. The
 * page's policy forbids pictures of other hosts altogether, so pressing opens it in a tab of its own (decision 0072).
 */
export function RemoteImage({ src, alt }: { readonly src: string; readonly alt: string }) {
  const [opened, setOpened] = useState(false);
  const image = remoteImage(src);
  if (!image) return <LeftOut alt={alt} />;
  const open = () => {
    window.open(image.href, '_blank', 'noopener,noreferrer');
    setOpened(true);
  };
  return (
    <span className="md-image">
      <button type="button" onClick={open} title={image.href}>
        <ImageOff aria-hidden size={16} />
        <span>
          {strings.imageFrom} <bdi dir="ltr">{image.host}</bdi> {strings.load}
        </span>
      </button>
      {alt !== '' && <span className="md-image-text">{alt}</span>}
      {opened && <span className="md-image-text">{strings.opensInTab}</span>}
    </span>
  );
}

/** A picture inside the text itself or beside this page: never shown, and that is said. */
function LeftOut({ alt }: { readonly alt: string }) {
  return (
    <span className="md-image-text">
      {alt === '' ? strings.imageLeftOut : strings.imageLeftOutNamed(alt)}
    </span>
  );
}
