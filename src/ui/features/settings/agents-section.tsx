import { useModels } from '../../../client/hooks/index.ts';
import { later } from '../../components/index.ts';
import { Subsection } from './choices.tsx';
import * as strings from './strings.ts';

const ModelSettings = later(async () => (await import('../models/later.ts')).ModelSettings);
const CopiesPanel = later(async () => (await import('../folders/later.ts')).CopiesPanel);
const OpenersForm = later(async () => (await import('../folders/later.ts')).OpenersForm);

/** Agents, and what Bough does with the folders they work in. */
export function AgentsSection() {
  const { sources } = useModels();
  const isOn = sources.some(({ kind }) => kind === 'agents');
  return (
    <>
      <div className="mb-7">
        <ModelSettings only="agents" />
      </div>
      {isOn && (
        <>
          <Subsection title={strings.files}>
            <CopiesPanel />
          </Subsection>
          <Subsection title={strings.opening}>
            <OpenersForm />
          </Subsection>
        </>
      )}
    </>
  );
}
