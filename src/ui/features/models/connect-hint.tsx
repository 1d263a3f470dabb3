import type { ModelsView } from '../../../client/types.ts';

/** How to get answers from a real model; nothing once a source is set up, even if it does not answer. */
export function ConnectHint({ list }: { readonly list: ModelsView }) {
  const { status, models, problems } = list;
  if (status !== 'ready' || problems.length > 0 || models.some((model) => !model.demo)) return null;
  return (
    <div className="rounded-xl border border-line border-dashed p-4 text-left text-sm">
      <p className="font-medium">Connect a real model</p>
      <p className="mt-1 text-muted">
        Start Bough again with one of these. Keys stay on your machine, in the environment of the server.
      </p>
      <pre className="mt-3 overflow-x-auto rounded-lg bg-sunken p-3 font-mono text-xs leading-6">
        <code>
          {'OPENAI_API_KEY=sk-… npm start\n'}
          {'OPENAI_BASE_URL=http://127.0.0.1:11434/v1 npm start'}
        </code>
      </pre>
      <p className="mt-2 text-muted text-xs">
        The first asks OpenAI, the second any compatible server: Ollama, llama.cpp, LM Studio.
      </p>
    </div>
  );
}
