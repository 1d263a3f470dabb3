import { useRef, useState } from 'react';
import { useEndpoints } from '../../../../client/hooks/use-endpoints.ts';
import { type ApiKind, newId, type Source } from '../../../../protocol/index.ts';
import { announce } from '../../../stores/announce.ts';
import * as strings from '../strings-later.ts';
import type { FormState } from './form-frame.tsx';

interface Values {
  readonly baseUrl: string;
  readonly key: string;
  readonly name: string;
  /** Undefined: by the address. */
  readonly kind: ApiKind | undefined;
  /** Empty: the usual one. */
  readonly keyHeader: string;
  /** Names, with commas between them. */
  readonly models: string;
  /** The kept key shall go. */
  readonly forget: boolean;
}

/** The form of one endpoint. What it keeps of a key it forgets when it is closed. */
export function useEndpointForm(source: Source | undefined, onDone: () => void) {
  const endpoints = useEndpoints();
  const [values, setValues] = useState<Values>(() => valuesOf(source));
  const [state, setState] = useState<FormState>({ kind: 'still' });
  // The same for each try: adding again after a lost answer adds nothing twice.
  const id = useRef(source?.endpoint ?? newId());

  const carryOut = async (what: string, work: () => Promise<FormState>) => {
    if (values.baseUrl.trim() === '') return setState({ kind: 'bad', sentence: strings.needsAddress });
    setState({ kind: 'busy', what });
    setState(await work().catch((error: Error) => ({ kind: 'bad' as const, sentence: error.message })));
  };
  const test = () =>
    carryOut(strings.askingModels, async () => {
      const { baseUrl, kind } = values;
      const known = source?.endpoint && !values.forget ? { endpoint: source.endpoint } : {};
      const more = { ...typedKey(values), ...headerOf(values), ...modelsOf(values) };
      const answer = await endpoints('test', { baseUrl, ...(kind && { kind }), ...more, ...known });
      if (!answer.ok) return { kind: 'bad', sentence: answer.sentence };
      return { kind: 'good', sentence: foundText(answer.models, answer.names) };
    });
  const save = () =>
    carryOut(strings.saving, async () => {
      const { baseUrl, name, kind, forget } = values;
      const named = { ...(name.trim() !== '' && { name }), ...(kind && { kind }) };
      const more = { ...named, ...headerOf(values), ...modelsOf(values) };
      const given = { id: id.current, baseUrl, ...typedKey(values), ...more };
      const kept = source
        ? await endpoints('change', { ...clearing(source), ...given, ...(forget && { key: null }) })
        : await endpoints('add', given);
      announce(strings.saved(kept.source.name));
      onDone();
      return { kind: 'still' };
    });
  return {
    values,
    state,
    set: (change: Partial<Values>) => {
      setValues((before) => ({ ...before, ...change }));
      setState({ kind: 'still' });
    },
    test: () => void test(),
    save: () => void save(),
  };
}

function valuesOf(source: Source | undefined): Values {
  const { baseUrl = '', name = '' } = source ?? {};
  // A name that is only its host was not given by anybody.
  const given = baseUrl.includes(`//${name}`) ? '' : name;
  // What its address told when it was kept stays as it is.
  const kind = source && source.kind !== 'demo' && source.kind !== 'agents' ? source.kind : undefined;
  const { keyHeader = '', models = [] } = source ?? {};
  return { baseUrl, key: '', name: given, kind, keyHeader, models: models.join(', '), forget: false };
}

const typedKey = ({ key }: Values): { key?: string } => (key.trim() === '' ? {} : { key });

const headerOf = ({ keyHeader }: Values): { keyHeader?: string } =>
  keyHeader.trim() === '' ? {} : { keyHeader };

function modelsOf({ models }: Values): { models?: string[] } {
  const names = models.split(/[,\n]/).map((name) => name.trim());
  const named = [...new Set(names.filter(Boolean))];
  return named.length === 0 ? {} : { models: named };
}

/** What a field that was emptied takes away. */
const clearing = ({ keyHeader, models }: Source) => ({
  ...(keyHeader !== undefined && { keyHeader: null }),
  ...(models && { models: [] }),
});

function foundText(count: number, names: readonly string[]): string {
  if (count === 0) return strings.answersWithout;
  const some = names.slice(0, 3).join(', ');
  return strings.answers(count, some);
}
