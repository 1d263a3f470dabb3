/** Servers of models on this machine. */
import { BlockList, isIP } from 'node:net';
import type { SourceOptions } from '../kit/source-options.ts';

const own = new BlockList();
own.addSubnet('127.0.0.0', 8, 'ipv4');
own.addSubnet('10.0.0.0', 8, 'ipv4');
own.addSubnet('172.16.0.0', 12, 'ipv4');
own.addSubnet('192.168.0.0', 16, 'ipv4');
own.addAddress('::1', 'ipv6');
own.addSubnet('fc00::', 7, 'ipv6');

/** On this machine or in its network, as far as the name tells: models there may have to be loaded first. */
export function isOwn(host: string): boolean {
  const name = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  const version = isIP(name);
  if (version === 0) return name === 'localhost' || name.endsWith('.local') || !name.includes('.');
  return own.check(name, version === 6 ? 'ipv6' : 'ipv4');
}

const OLLAMA_URL = 'http://127.0.0.1:11434';

/** Where servers of models usually listen on this machine. */
export const LOCAL: readonly (Pick<SourceOptions, 'baseUrl' | 'name'> & {
  readonly kind: 'ollama' | 'openai-compatible';
})[] = [
  { kind: 'ollama', baseUrl: OLLAMA_URL, name: 'Ollama' },
  { kind: 'openai-compatible', baseUrl: 'http://127.0.0.1:1234/v1', name: 'LM Studio' },
  { kind: 'openai-compatible', baseUrl: 'http://127.0.0.1:8080/v1', name: 'llama.cpp' },
];
