/** A long table is shown as several, one below the other, each under the same head. What copies it stands once, below the last, and copies all. */
import type { Element, Root } from 'hast';
import { createContext, type RefObject } from 'react';
import type { BlockOptions } from '../block-syntax.ts';
import { blockTree } from '../block-tree.ts';
import type { PreparedBlock } from '../blocks/references.ts';

export interface TablePieces {
  readonly isLast: boolean;
  /** All of them, in order; made when they are wanted. */
  readonly all: () => readonly Element[];
}

/** Those a table is one of; undefined for one that is whole. */
export const Pieces = createContext<TablePieces | undefined>(undefined);

/** The blocks of the text that is shown, as they are now. */
export const TextBlocks = createContext<RefObject<readonly PreparedBlock[]>>({ current: [] });

/** The tables that end with the one in block `at`: each is read anew, which takes no longer than formatting it did. */
export function tablesUpTo(at: number, blocks: readonly PreparedBlock[], scope: string): readonly Element[] {
  const before = blocks.slice(0, at).findLastIndex(({ table }) => table !== 'goes-on');
  return blocks.slice(before + 1, at + 1).flatMap(({ text, numbers, start }) => {
    const options: BlockOptions = { scope, growing: false, numbers, start };
    return tableIn(blockTree(text, options)) ?? [];
  });
}

export const tableIn = ({ children }: Pick<Root, 'children'>): Element | undefined =>
  children.find((node): node is Element => node.type === 'element' && node.tagName === 'table');
