/**
 * Open WebUI, to measure beside ours, where its Python package is installed: `open-webui` on PATH, or the command in BOUGH_OPEN_WEBUI. As it
 * comes, but for what it would ask elsewhere or of the model besides the reply (titles, tags, suggestions, models for documents). Not in the product.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface OpenWebUi {
  readonly url: string;
  readonly version: string;
  /** Ends it and removes what it kept. */
  stop(): Promise<void>;
}

/** It is there after that long, or not at all, in ms: a first start makes its database. */
const PATIENCE = 240_000;

/** @returns undefined where it is not installed */
export async function startOpenWebUi(provider: string, model: string): Promise<OpenWebUi | undefined> {
  const command = process.env.BOUGH_OPEN_WEBUI ?? 'open-webui';
  if (spawnSync(command, ['--help'], { stdio: 'ignore' }).error) return undefined;
  const data = await mkdtemp(join(tmpdir(), 'bough-open-webui-'));
  const port = 40_000 + Math.floor(Math.random() * 9_000);
  const { PATH, HOME } = process.env;
  const quiet = ['TITLE_GENERATION', 'TAGS_GENERATION', 'FOLLOW_UP_GENERATION', 'AUTOCOMPLETE_GENERATION'];
  const child = spawn(command, ['serve', '--host', '127.0.0.1', '--port', String(port)], {
    env: {
      ...{
        PATH,
        HOME,
        DATA_DIR: data,
        WEBUI_AUTH: 'False',
        WEBUI_SECRET_KEY: 'bench',
        DEFAULT_MODELS: model,
      },
      ...{ OPENAI_API_BASE_URL: provider, OPENAI_API_KEY: 'none', ENABLE_OLLAMA_API: 'False' },
      ...{
        RAG_EMBEDDING_ENGINE: 'openai',
        HF_HUB_OFFLINE: '1',
        OFFLINE_MODE: 'True',
        ANONYMIZED_TELEMETRY: 'False',
      },
      ...Object.fromEntries(quiet.map((name) => [`ENABLE_${name}`, 'False'])),
    },
    cwd: data,
    stdio: 'ignore',
  });
  const stop = async () => {
    if (child.exitCode === null) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await gone;
    }
    await rm(data, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  for (const end = Date.now() + PATIENCE; Date.now() < end && child.exitCode === null; ) {
    const config = await fetch(`${url}/api/config`).then(
      (answer) => (answer.ok ? answer.json() : undefined),
      () => undefined,
    );
    if (config) return { url, version: String((config as { version?: unknown }).version), stop };
    await sleep(500);
  }
  await stop();
  throw new Error('Open WebUI is installed and did not start.');
}
