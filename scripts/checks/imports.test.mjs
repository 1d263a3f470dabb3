import { describe, expect, test } from 'vitest';
import { violationsIn } from './imports.mjs';

const of = (path, code) => violationsIn(path, code);

describe('left may not import right', () => {
  test.each([
    [
      'src/tree/tree.ts',
      "import { idSchema } from '../protocol/ids.ts';",
      'src/tree may not import src/protocol',
    ],
    ['src/protocol/live.ts', "export * from '../client/types.ts';", 'src/protocol may not import src/client'],
    [
      'src/server/main.ts',
      "import type { Feed } from '../client/feeds.ts';",
      'src/server may not import src/client',
    ],
    ['src/client/feeds.ts', "import '../server/log.ts';", 'src/client may not import src/server'],
    [
      'src/client/hooks/use-load.ts',
      "import { App } from '../../ui/app/app.tsx';",
      'src/client may not import src/ui',
    ],
    [
      'src/ui/app/app.tsx',
      "const log = await import('../../server/log.ts');",
      'src/ui may not import src/server',
    ],
    [
      'src/ui/app/app.tsx',
      "export type Log = import('../../server/log.ts').Log;",
      'src/ui may not import src/server',
    ],
    ['src/ui/app/app.test.tsx', "import '../../server/log.ts';", 'src/ui may not import src/server'],
    ['src/server/main.ts', "import '../../e2e/server.ts';", 'outside src/'],
  ])('%s: %s', (path, code, sentence) => {
    expect(of(path, code)).toEqual([expect.stringContaining(sentence)]);
  });

  test.each([
    ['src/protocol/ids.ts', "import { type Tree } from '../tree/index.ts';"],
    [
      'src/server/http/app.ts',
      "import { Hono } from 'hono'; import '../../protocol/index.ts'; import 'node:fs';",
    ],
    ['src/client/feeds.ts', "import '../tree/index.ts'; import './live/connection.ts';"],
    [
      'src/ui/app/app.tsx',
      "import '../../client/types.ts'; import '../../tree/index.ts'; import '../styles.css';",
    ],
  ])('%s: %s is fine', (path, code) => {
    expect(of(path, code)).toEqual([]);
  });
});

describe('floors', () => {
  const room = 'src/server/conversations';
  test.each([
    [`${room}/kit/append.ts`, "import '../branch/place.ts';", `${room}/kit may not import ${room}/branch`],
    [`${room}/commands/edit.ts`, "import type { A } from '../find/find.ts';", 'kit <- index <- branch'],
    [`${room}/reply/watch.ts`, "import '../service.ts';", `may not import ${room}/service.ts`],
    [`${room}/find/find.ts`, "import '../simulation/world.ts';", 'may not import'],
    ['src/server/models/port.ts', "import './kit/prompt.ts';", 'port.ts <- kit <- answers <- providers'],
  ])('%s: %s', (path, code, sentence) => {
    expect(of(path, code)).toEqual([expect.stringContaining(sentence)]);
  });

  test.each([
    [
      `${room}/reply/watch.ts`,
      "import './settle.ts'; import '../branch/place.ts'; import '../kit/clock.ts';",
    ],
    [`${room}/service.ts`, "import './commands/edit.ts'; import './kit/clock.ts';"],
    [`${room}/kit/append.test.ts`, "import '../testing.ts'; import '../branch/place.ts';"],
    [`${room}/kit/append.ts`, "import '../../engine/index.ts';"],
  ])('%s: %s is fine', (path, code) => {
    expect(of(path, code)).toEqual([]);
  });
});

describe('the floors of src/ui', () => {
  test.each([
    [
      'src/ui/stores/page.ts',
      "import '../features/explorer/index.ts';",
      'src/ui/stores may not import src/ui/features',
    ],
    ['src/ui/stores/undo.test.tsx', "import '../app/app.tsx';", 'src/ui/stores may not import src/ui/app'],
    [
      'src/ui/components/button.tsx',
      "import '../actions/keys.ts';",
      'src/ui/components may not import src/ui/actions',
    ],
    [
      'src/ui/actions/message/fork.ts',
      "import '../../features/find/index.ts';",
      'src/ui/actions may not import',
    ],
    [
      'src/ui/features/find/find-bar.tsx',
      "import '../../app/shell.tsx';",
      'src/ui/features may not import src/ui/app',
    ],
    [
      'src/ui/features/find/find-bar.tsx',
      "import '../thread/rows/rows.ts';",
      'reaches inside src/ui/features/thread',
    ],
    [
      'src/ui/app/shell.tsx',
      "await import('../features/thread/thread.tsx');",
      'reaches inside src/ui/features/thread',
    ],
    [
      'src/ui/actions/message/turn.ts',
      "import '../../testing/conversations.ts';",
      'src/ui/testing is for tests',
    ],
  ])('%s: %s', (path, code, sentence) => {
    expect(of(path, code)).toEqual([expect.stringContaining(sentence)]);
  });

  test.each([
    ['src/ui/actions/message/fork.ts', "import '../../stores/page.ts'; import '../../components/index.ts';"],
    ['src/ui/components/link.tsx', "import '../stores/route.ts';"],
    ['src/ui/features/find/find-bar.tsx', "import './steps.ts'; import '../../actions/keys.ts';"],
    ['src/ui/features/thread/list/path-end.tsx', "import '../rows/rows.ts'; import '../../files/later.ts';"],
    ['src/ui/app/shell.tsx', "import '../features/thread/index.ts'; import '../stores/route.ts';"],
    ['src/ui/actions/message/turn.test.ts', "import '../../testing/conversations.ts';"],
    ['src/ui/main.tsx', "import './app/app.tsx';"],
  ])('%s: %s is fine', (path, code) => {
    expect(of(path, code)).toEqual([]);
  });
});

describe('packages stay where they belong', () => {
  test.each([
    ['src/tree/tree.ts', "import { useMemo } from 'react';", 'has no React'],
    ['src/protocol/ids.ts', "import { randomUUID } from 'node:crypto';", 'no Node built-ins'],
    ['src/protocol/ids.ts', "import { readFile } from 'fs/promises';", 'no Node built-ins'],
    ['src/client/feeds.ts', "import { QueryClient } from '@tanstack/react-query';", 'src/client/hooks only'],
    ['src/server/log.ts', "import { create } from 'zustand';", 'has no React'],
  ])('%s: %s', (path, code, sentence) => {
    expect(of(path, code)).toEqual([expect.stringContaining(sentence)]);
  });

  test('hooks have React, tests have Node, types are free', () => {
    expect(of('src/client/list.ts', "import type { QueryClient } from '@tanstack/react-query';")).toEqual([]);
    expect(of('src/client/hooks/use-load.ts', "import { useMemo } from 'react';")).toEqual([]);
    expect(
      of('src/tree/fold-outline.test.ts', "import { readFileSync } from 'node:fs'; Math.random();"),
    ).toEqual([]);
  });
});

describe('the tree has no clock and no randomness', () => {
  test.each([
    'const t = Date.now();',
    'const r = Math.random;',
    'const d = new Date();',
    'performance.now();',
  ])('%s', (code) => {
    expect(of('src/tree/layout.ts', code)).toHaveLength(1);
    expect(of('src/server/clock.ts', code)).toEqual([]);
  });

  test('a date of a given time is no clock', () => {
    expect(of('src/tree/layout.ts', 'export const day = (at: number) => new Date(at).getDay();')).toEqual([]);
  });
});

test('a violation names file and line', () => {
  expect(of('src/tree/a.ts', "export const a = 1;\n\nimport '../ui/main.tsx';")[0]).toMatch(
    /^src\/tree\/a\.ts:3: /,
  );
});
