/**
 * The live connections of one browser: the sets of all its tabs merged, each frame given to the tabs that follow its
 * stream. Knows nothing of workers; ports.ts brings the tabs (docs/decisions/0045-one-connection-per-browser.md).
 */
import { LIVE_STREAM_LIMIT } from '../../protocol/index.ts';
import type { ConnectionView } from '../types.ts';
import type { FromConnection, ToConnection } from './messages.ts';
import { sameView, worstOf } from './view.ts';

/** What the hub needs of a `LiveConnection`. */
export interface Connection {
  /** Streams followed. */
  readonly size: number;
  /** Where the last frame of `stream` ended; undefined when it is not followed. */
  position(stream: string): string | undefined;
  send(message: ToConnection): void;
  dispose(): void;
}

/**
 * Two connections may be open twice for a moment, while their sets change: that leaves two of the six a browser has for
 * requests. What exceeds both waits in the second until there is room.
 */
const MOST = 2;

interface Shard {
  readonly connection: Connection;
  view: ConnectionView;
}

interface Member {
  readonly post: (message: FromConnection) => void;
  readonly streams: Set<string>;
  hidden: boolean;
}

/** One tab's side of the hub. */
export interface Joined {
  send(message: ToConnection): void;
  /** Stops following its streams, unless another tab follows them. */
  leave(): void;
}

export class Hub {
  private readonly connect: (post: (message: FromConnection) => void) => Connection;
  private readonly members = new Set<Member>();
  private readonly shards: Shard[] = [];
  private view: ConnectionView = { kind: 'connecting' };
  private hidden = false;
  private online = true;

  constructor(connect: (post: (message: FromConnection) => void) => Connection) {
    this.connect = connect;
  }

  /** A tab joins; it is told at once how the connection is. */
  join(post: (message: FromConnection) => void): Joined {
    const member: Member = { post, streams: new Set(), hidden: false };
    this.members.add(member);
    this.seen();
    post({ kind: 'state', view: this.view });
    return {
      send: (message) => this.heard(member, message),
      leave: () => this.left(member),
    };
  }

  private heard(member: Member, message: ToConnection): void {
    switch (message.kind) {
      case 'follow':
        return this.follow(member, message.stream, message.offset);
      case 'unfollow':
        if (member.streams.delete(message.stream)) this.letGo(message.stream);
        return;
      case 'network':
        return this.network(message.online);
      case 'visibility':
        member.hidden = message.hidden;
        return this.seen();
    }
  }

  private left(member: Member): void {
    if (!this.members.delete(member)) return;
    for (const stream of member.streams) this.letGo(stream);
    this.seen();
  }

  private follow(member: Member, stream: string, offset: string): void {
    if (member.streams.has(stream)) return;
    member.streams.add(stream);
    const position = this.shardOf(stream)?.connection.position(stream);
    if (position === undefined) this.roomy().connection.send({ kind: 'follow', stream, offset });
    // Another tab stands elsewhere: an empty frame there lets this one find out, and read what it lacks by GET.
    else if (position !== offset)
      member.post({ kind: 'frame', stream, from: position, next: position, items: [] });
  }

  private letGo(stream: string): void {
    if (this.followers(stream).length > 0) return;
    const shard = this.shardOf(stream);
    shard?.connection.send({ kind: 'unfollow', stream });
    if (shard) this.retire(shard);
  }

  private followers(stream: string): Member[] {
    return [...this.members].filter(({ streams }) => streams.has(stream));
  }

  private shardOf(stream: string): Shard | undefined {
    return this.shards.find(({ connection }) => connection.position(stream) !== undefined);
  }

  /** A connection with room for another stream; the last one when none has. */
  private roomy(): Shard {
    const roomy = this.shards.find(({ connection }) => connection.size < LIVE_STREAM_LIMIT);
    if (roomy) return roomy;
    return this.shards.length < MOST ? this.opened() : (this.shards[this.shards.length - 1] as Shard);
  }

  private opened(): Shard {
    const shard: Shard = {
      connection: this.connect((message) => this.said(shard, message)),
      view: { kind: 'connecting' },
    };
    this.shards.push(shard);
    if (this.hidden) shard.connection.send({ kind: 'visibility', hidden: true });
    return shard;
  }

  /** The first connection stays: it carries the list. */
  private retire(shard: Shard): void {
    const index = this.shards.indexOf(shard);
    if (index < 1 || shard.connection.size > 0) return;
    this.shards.splice(index, 1);
    shard.connection.dispose();
    this.show();
  }

  private said(shard: Shard, message: FromConnection): void {
    if (message.kind === 'state') {
      shard.view = message.view;
      return this.show();
    }
    // A stream that is gone or closed is no longer followed; a tab that asks for it again starts over.
    const over = message.kind === 'gone' || message.closed;
    for (const member of this.followers(message.stream)) {
      if (over) member.streams.delete(message.stream);
      member.post(message);
    }
    if (over) this.retire(shard);
  }

  private show(): void {
    const view = worstOf(this.shards.map((shard) => shard.view));
    if (sameView(view, this.view)) return;
    this.view = view;
    for (const { post } of this.members) post({ kind: 'state', view });
  }

  /** Twelve tabs tell of one loss: it is one. A tab that asks for another try gets it. */
  private network(online: boolean): void {
    const repeated = !online && !this.online;
    this.online = online;
    if (!repeated) this.tellAll({ kind: 'network', online });
  }

  /** The browser sees what any of its tabs shows. */
  private seen(): void {
    const hidden = this.members.size > 0 && [...this.members].every((member) => member.hidden);
    if (hidden === this.hidden) return;
    this.hidden = hidden;
    this.tellAll({ kind: 'visibility', hidden });
  }

  private tellAll(message: ToConnection): void {
    for (const { connection } of this.shards) connection.send(message);
  }
}
