import type { TextReading } from '../../stores/writing/attachments.ts';
import * as strings from './strings-later.ts';

interface ReadAsProps {
  readonly name: string;
  readonly readings: readonly TextReading[];
  readonly onChoose: (encoding: string) => void;
}

/** In which encoding a text file is to be read: each with how the text would begin. */
export function ReadAs({ name, readings, onChoose }: ReadAsProps) {
  return (
    <select
      aria-label={strings.readAsOf(name)}
      className="min-h-8 max-w-56 rounded-lg border border-line bg-paper px-2 text-ink"
      value=""
      onChange={({ target }) => onChoose(target.value)}
    >
      <option value="" disabled>
        {strings.readAs}
      </option>
      {readings.map(({ encoding, label, sample }) => (
        <option key={encoding} value={encoding}>
          {sample === '' ? label : `${label}: ${sample}`}
        </option>
      ))}
    </select>
  );
}
