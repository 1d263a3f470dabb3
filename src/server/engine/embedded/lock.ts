/**
 * A lock on a folder that ends with the process, however it ends.
 *
 * Node has no file lock, and a PID in a file outlives its process. A listening socket does not:
 * the kernel refuses connections to it from the moment its process is gone. So whoever wants
 * the folder puts a listening socket of its own into `lock/`, and then knocks at all the others
 * there. If one answers, it withdraws. Two who come at once may both withdraw (and try again),
 * but never both stay: of two that listen before they knock, the later finds the earlier.
 * docs/decisions/0011-data-folder-lock.md has the reasoning and what was not taken.
 */
import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, realpath, rename, stat, unlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeOf } from './explain.ts';
import { FolderError } from './folder-error.ts';

/** The longest path a socket can have on the systems we know, its closing zero left out: 104 on macOS, 108 on Linux. */
const LONGEST_SOCKET_PATH = 103;

/** How often one who meets others that only ask, too, tries again. */
const TRIES = 20;

export interface FolderLock {
  /** Idempotent. */
  release(): Promise<void>;
}

/**
 * Locks an existing folder for this process.
 * @throws {FolderError} `in-use`.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  if (process.platform === 'win32') return lockPipe(folder);
  const place = await socketPlace(folder);
  for (let tries = TRIES; tries > 0; tries -= 1) {
    const mine = await Claim.make(place);
    const answer = await askOthers(place, mine.name).catch(async (error: unknown) => {
      await mine.release();
      throw error;
    });
    if (answer === 'nobody') return mine.hold();
    await mine.release();
    if (answer === 'held') break;
    await new Promise((resolve) => setTimeout(resolve, 10 + Math.random() * 40));
  }
  throw inUse(folder);
}

/** One process's socket in the place: it asks for the folder, until it holds it. */
class Claim implements FolderLock {
  readonly name: string;
  readonly #path: string;
  readonly #server: Server;
  #word: 'asking' | 'held' = 'asking';

  private constructor(place: string, name: string, server: Server) {
    this.name = name;
    this.#path = join(place, name);
    this.#server = server;
    // Neither the lock nor who asks about it keeps a process alive that has nothing else to do.
    server.unref();
    server.on('connection', (socket) => {
      socket.unref();
      socket.on('error', () => {});
      socket.end(this.#word);
    });
  }

  /** Others see it only once it listens: what they see and cannot reach is dead for good. */
  static async make(place: string): Promise<Claim> {
    const id = randomBytes(4).toString('hex');
    const server = createServer();
    await listen(server, join(place, `new-${id}`));
    await rename(join(place, `new-${id}`), join(place, id));
    return new Claim(place, id, server);
  }

  hold(): FolderLock {
    this.#word = 'held';
    return this;
  }

  async release(): Promise<void> {
    await unlink(this.#path).catch(() => {});
    this.#server.close();
  }
}

async function askOthers(place: string, mine: string): Promise<'nobody' | 'asking' | 'held'> {
  const others = (await readdir(place)).filter((name) => name !== mine && !name.startsWith('new-'));
  const answers = await Promise.all(
    others.map(async (name) => {
      const answer = await knock(join(place, name));
      if (answer === 'nobody') await unlink(join(place, name)).catch(() => {});
      return answer;
    }),
  );
  if (answers.includes('held')) return 'held';
  return answers.includes('asking') ? 'asking' : 'nobody';
}

/** `lock/` in the folder; where its path is too long for a socket, or its disk takes none, one named after the folder elsewhere. */
async function socketPlace(folder: string): Promise<string> {
  const inside = join(await realpath(folder), 'lock');
  const socket = join(inside, 'new-00000000');
  if (Buffer.byteLength(socket) <= LONGEST_SOCKET_PATH) {
    await mkdir(inside, { recursive: true, mode: 0o700 });
    if (await takesSockets(inside)) return inside;
  }
  const { dev, ino } = await stat(folder);
  const outside = join(tmpdir(), `bough-${process.getuid?.() ?? 0}-${dev.toString(36)}-${ino.toString(36)}`);
  await mkdir(outside, { recursive: true, mode: 0o700 });
  await chmod(outside, 0o700);
  return outside;
}

async function takesSockets(place: string): Promise<boolean> {
  const path = join(place, `new-${randomBytes(4).toString('hex')}`);
  const server = createServer();
  try {
    await listen(server, path);
    return true;
  } catch (error) {
    if (['EACCES', 'EROFS', 'ENOSPC', 'EDQUOT'].includes(codeOf(error) ?? '')) throw error;
    return false;
  } finally {
    server.close();
  }
}

/** Windows has named pipes: one server a name, gone with its process. */
async function lockPipe(folder: string): Promise<FolderLock> {
  const id = createHash('sha256')
    .update((await realpath(folder)).toLowerCase())
    .digest('hex');
  const server = createServer((socket) => socket.destroy());
  await listen(server, `\\\\.\\pipe\\bough-${id.slice(0, 32)}`).catch(() => {
    throw inUse(folder);
  });
  server.unref();
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => resolve());
  });
}

function inUse(folder: string): FolderError {
  return new FolderError('in-use', `The data folder ${folder} is in use by another Bough.`);
}

/** A process that accepts a connection but says nothing for this long (ms) is still alive: stopped, or busy. */
const PATIENCE = 500;

/** Who listens at a socket: `nobody` only if the kernel says so. */
function knock(path: string): Promise<'nobody' | 'asking' | 'held'> {
  return new Promise((resolve) => {
    let word = '';
    const socket = connect(path);
    const answer = (who: 'nobody' | 'asking' | 'held'): void => {
      socket.destroy();
      resolve(who);
    };
    socket.setTimeout(PATIENCE, () => answer('held'));
    socket.on('data', (bytes) => {
      word += bytes.toString();
    });
    socket.on('end', () => answer(word === 'asking' ? 'asking' : 'held'));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      answer(['ECONNREFUSED', 'ENOENT', 'ENOTSOCK'].includes(error.code ?? '') ? 'nobody' : 'held');
    });
  });
}
