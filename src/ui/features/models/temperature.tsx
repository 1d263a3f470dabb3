import { useEffect, useEffectEvent, useId, useState } from 'react';
import { Button } from '../../components/index.ts';
import * as strings from './strings-later.ts';

/** A drag is one choice: it counts once it rests, in ms. */
const REST = 400;
/** Where the slider stands while nothing is chosen; most models take about this. */
const MIDDLE = 1;

interface TemperatureProps {
  /** From 0 to 2; undefined: it is left to the model. */
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
}

/** How freely the next replies are worded. */
export function Temperature({ value, onChange }: TemperatureProps) {
  const id = useId();
  const [chosen, setChosen] = useState<{ readonly value: number | undefined }>();
  const shown = chosen ? chosen.value : value;
  const words = shown === undefined ? strings.modelDefault : `${shown.toFixed(1)}, ${howFree(shown)}`;
  const keep = useEffectEvent(() => {
    if (chosen && chosen.value !== value) onChange(chosen.value);
  });
  useEffect(() => {
    if (!chosen) return;
    const timer = setTimeout(keep, REST);
    return () => clearTimeout(timer);
  }, [chosen]);
  useEffect(() => () => keep(), []);
  return (
    <div className="border-line border-t px-4 py-2 text-sm">
      <div className="flex min-h-8 items-center gap-2">
        <label htmlFor={id} className="font-medium">
          {strings.temperature}
        </label>
        <output htmlFor={id} className="flex-1 text-muted tabular-nums">
          {words}
        </output>
        {shown !== undefined && (
          <Button look="text" onClick={() => setChosen({ value: undefined })}>
            {strings.modelDefault}
          </Button>
        )}
      </div>
      <input
        id={id}
        type="range"
        min={0}
        max={2}
        step={0.1}
        value={shown ?? MIDDLE}
        aria-valuetext={words}
        onChange={({ target }) => setChosen({ value: Number(target.value) })}
        className={`block h-6 w-full accent-leaf ${shown === undefined ? 'opacity-50' : ''}`}
      />
    </div>
  );
}

function howFree(temperature: number): string {
  if (temperature <= 0.3) return strings.steady;
  return temperature < 1.2 ? strings.balanced : strings.wild;
}
