/** What each conversation's view showed last, for as long as the page lives: coming back shows the same. */
export class Views {
  private readonly shown = new Map<string, ReadonlyMap<string, string>>();

  /** The child shown last under each parent. */
  choices(conversation: string): ReadonlyMap<string, string> {
    return this.shown.get(conversation) ?? none;
  }

  remember(conversation: string, choices: ReadonlyMap<string, string>): void {
    this.shown.set(conversation, choices);
  }
}

const none: ReadonlyMap<string, string> = new Map();
