export type FolderErrorKind =
  | 'in-use'
  | 'newer-format'
  | 'missing'
  | 'foreign'
  | 'taken'
  | 'not-a-folder'
  | 'not-writable'
  | 'disk-full'
  | 'unusable';

/** Why a data folder cannot be used. The message is one sentence for the person who started Bough. */
export class FolderError extends Error {
  override readonly name = 'FolderError';
  readonly kind: FolderErrorKind;

  constructor(kind: FolderErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
