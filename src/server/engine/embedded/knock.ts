import { connect } from 'node:net';

/** Who accepts connections and says nothing this long (ms) is alive all the same: stopped, or busy. */
const PATIENCE = 500;

/** Who listens at a socket: `nobody` only if the kernel says so. */
export function knock(path: string): Promise<'nobody' | 'asking' | 'held'> {
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
