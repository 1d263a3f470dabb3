/** What the routes need of the rest of the server. */
import type { HttpBindings } from '@hono/node-server';
import type { EverywhereQuery, FoundEverywhere } from '../../../protocol/find/everywhere.ts';
import type { FindQuery, Found } from '../../../protocol/find/find.ts';
import type { CommandInput, CommandName, CommandOutput, ModelList } from '../../../protocol/index.ts';
import type { AccessToken } from '../../../protocol/requests/access.ts';
import type { HiddenBranches } from '../../../protocol/requests/data.ts';
import type { Access } from '../../access/index.ts';
import type { Agents } from '../../agents/index.ts';
import type { Chosen } from '../../conversations/commands/offers.ts';
import type { ConversationService } from '../../conversations/index.ts';
import type { OutsidePost, OutsidePut, Posted, Put } from '../../conversations/outside/write.ts';
import type { DataMeasure } from '../../data-sizes.ts';
import type { Engine } from '../../engine/index.ts';
import type { FileStore } from '../../files/index.ts';
import type { Folders } from '../../folders/folders.ts';
import type { Log } from '../../log.ts';
import type { Endpoints } from '../../models/index.ts';
import type { PromptStore } from '../../prompts/prompts.ts';
import type { Shares } from '../../shares/shares.ts';
import type { Summaries } from '../../summaries/index.ts';
import type { BuiltPage } from './page-files.ts';

export interface Services {
  readonly engine: Pick<Engine, 'read' | 'head' | 'follow' | 'unwritten'>;
  readonly conversations: {
    /** Throws `Refusal`: nothing was written, or, with a status from 500 on, repeat it with the same ids to learn. */
    execute<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>>;
    /** Says in a branch what comes from outside; makes one. Idempotent. Throws `Refusal` as `execute`. */
    post(wanted: OutsidePost): Promise<Posted>;
    put(wanted: OutsidePut): Promise<Put>;
    /** Mends what a crash left of a conversation; cheap once done. Fine for one that does not exist. Throws `Refusal`. */
    open(conversation: string): Promise<void>;
    /** The stream in which an index goes on; every other name as it is. Throws `Refusal`. */
    newest(name: string): Promise<string>;
    /** As of the service. */
    snapshotEnd: ConversationService['snapshotEnd'];
    /** Makes the `view` stream of a conversation: pages ask for it before anything was viewed. Throws `Refusal`. */
    openView(conversation: string): Promise<void>;
    /** The same of its `offers` stream. */
    openOffers(conversation: string): Promise<void>;
    /** A person's choice of what an agent offers. Throws `Refusal`. */
    choose(chosen: Chosen): Promise<void>;
    /** As of the service. */
    bring: ConversationService['bring'];
    standing: ConversationService['standing'];
    whole: ConversationService['whole'];
    all: ConversationService['all'];
    opening: ConversationService['opening'];
    /** Words in a conversation, with excerpts of the hits from `skip` on. Throws `Refusal`. */
    find(conversation: string, query: FindQuery, skip: number): Promise<Found>;
    /** Words in all of them; `choices`: with what can be chosen. Throws `Refusal`. */
    findEverywhere(query: EverywhereQuery, choices?: boolean): Promise<FoundEverywhere>;
    /** As of the service. */
    hidden(): Promise<HiddenBranches>;
  };
  readonly models: { list(): Promise<ModelList> };
  readonly summaries: Summaries;
  readonly endpoints: Pick<Endpoints, 'execute'>;
  readonly prompts: Pick<PromptStore, 'execute'>;
  /** Undefined: there are none here, and nobody may add one. */
  readonly agents?: Pick<Agents, 'execute'> | undefined;
  /** Undefined where there are no agents. */
  readonly folders?: Pick<Folders, 'execute'> | undefined;
  readonly access: AccessServices;
  readonly files: Pick<FileStore, 'add' | 'look' | 'read'>;
  readonly shares: Shares;
  readonly sizes: Pick<DataMeasure, 'look'>;
  /** The folder that takes what is to be imported; made when it is needed. */
  readonly incoming: string;
  /** Null: the page is not built. */
  readonly page: BuiltPage | null;
  readonly log: Log;
  readonly version: string;
  /** When the data folder was made. Default: unknown, or the data is elsewhere. */
  readonly made?: string | undefined;
  /** After so many days asides go that nobody kept. Default: 14. */
  readonly asidesDays?: number;
  /** Aborts when the server begins to close: what waits answers, what is live says `bye`. */
  readonly closing: AbortSignal;
  /** Values of `Host` that name this server. A function: the port is known once it listens. */
  readonly hosts: () => ReadonlySet<string>;
  readonly timing?: Partial<Timing>;
}

export interface GateOptions {
  readonly tokens: Access;
  /** Nothing works without a token: others can reach this server. */
  readonly needed: boolean;
  /** Where a reverse proxy serves it: an origin. */
  readonly publicUrl?: string | undefined;
  /** Whose pages may ask too, with a bearer token. Default: none. */
  readonly origins?: readonly string[] | undefined;
}

export interface AccessServices extends GateOptions {
  /** Where others reach this server, without a slash at its end; undefined: only this computer does. */
  readonly address: () => string | undefined;
}

/** All in ms. Tests shorten them. */
export interface Timing {
  readonly beat: number;
  readonly duration: number;
  readonly longPoll: number;
  readonly sse: number;
  readonly log: number;
}

export interface AppEnv {
  Bindings: HttpBindings;
  Variables: {
    /** Set where a token was shown, and is good. */
    token?: AccessToken;
    /** The origin of a page of another site that may ask. */
    elsewhere?: string;
  };
}
