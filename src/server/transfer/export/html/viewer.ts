/** One message of the page. */
export interface PageMessage {
  readonly id: string;
  readonly parent: string | null;
  readonly who: string;
  readonly role: string;
  readonly time: number;
  /** Safe to put into the page. */
  readonly html: string;
  /** What finding looks through. */
  readonly text: string;
  readonly first: string;
  readonly star?: boolean;
  readonly label?: string;
}

export interface PageData {
  readonly messages: readonly PageMessage[];
  /** The end of the path that is shown first. */
  readonly leaf: string | null;
}

/**
 * What runs in an exported page: the path with its versions, the tree beside it, finding words. It is put into the file as its own source,
 * so it uses nothing but what it is given and the browser.
 */
export function viewer(data: PageData): void {
  const byId = new Map(data.messages.map((message) => [message.id, message]));
  const children = new Map<string | null, string[]>();
  for (const { id, parent } of data.messages) {
    const at = parent !== null && byId.has(parent) ? parent : null;
    children.set(at, [...(children.get(at) ?? []), id]);
  }
  const chosen = new Map<string | null, string>();
  const thread = document.getElementById('thread') as HTMLElement;
  const tree = document.getElementById('tree') as HTMLElement;
  const field = document.getElementById('find') as HTMLInputElement;
  const count = document.getElementById('found') as HTMLElement;
  const { lang } = document.documentElement;
  // Months in the language of the page, order and clock as where the reader is: "3/1/2025" is two days.
  const region = navigator.languages.map((tag) => /[-_]([A-Z]{2})\b/.exec(tag)?.[1]).find(Boolean);
  const moment = new Intl.DateTimeFormat(region ? `${lang}-${region}` : lang, {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  let hits: string[] = [];
  let hit = -1;

  function through(id: string): void {
    let at: string | null = id;
    while (at !== null && byId.has(at)) {
      const parent: string | null = byId.get(at)?.parent ?? null;
      const known: string | null = parent !== null && byId.has(parent) ? parent : null;
      chosen.set(known, at);
      at = known;
    }
  }

  function path(): string[] {
    const found: string[] = [];
    let at: string | null = null;
    for (;;) {
      const below: string[] = children.get(at) ?? [];
      const next: string | undefined = chosen.get(at) ?? below[below.length - 1];
      if (next === undefined || found.includes(next)) return found;
      found.push(next);
      at = next;
    }
  }

  function make(name: string, className: string, text = ''): HTMLElement {
    const element = document.createElement(name);
    element.className = className;
    element.textContent = text;
    return element;
  }

  function step(id: string, by: number): HTMLButtonElement {
    const { parent } = byId.get(id) as PageMessage;
    const beside = children.get(parent !== null && byId.has(parent) ? parent : null) ?? [];
    const other = beside[beside.indexOf(id) + by];
    const button = make('button', 'step', by < 0 ? '‹' : '›') as HTMLButtonElement;
    button.type = 'button';
    button.disabled = other === undefined;
    button.setAttribute('aria-label', by < 0 ? 'Previous version' : 'Next version');
    button.addEventListener('click', () => other !== undefined && go(other));
    return button;
  }

  function whenOf(time: number): HTMLElement {
    const date = new Date(time);
    // Nothing, of a time that no date can name.
    if (Number.isNaN(date.getTime())) return make('span', '');
    const when = make('time', '', moment.format(date)) as HTMLTimeElement;
    when.dateTime = date.toISOString();
    return when;
  }

  function messageOf(id: string): HTMLElement {
    const { who, role, time, html, parent, star, label } = byId.get(id) as PageMessage;
    const article = make('article', `message ${role}`);
    article.id = `m-${id}`;
    article.tabIndex = -1;
    article.setAttribute('aria-label', who);
    const head = make('header', '');
    head.append(make('strong', '', `${star ? '★ ' : ''}${who}`));
    head.append(whenOf(time));
    if (label) head.append(make('span', 'label', label));
    const beside = children.get(parent !== null && byId.has(parent) ? parent : null) ?? [];
    if (beside.length > 1) {
      const versions = make('span', 'versions');
      versions.append(step(id, -1), `${beside.indexOf(id) + 1} / ${beside.length}`, step(id, 1));
      head.append(versions);
    }
    const body = make('div', 'body');
    body.innerHTML = html;
    article.append(head, body);
    return article;
  }

  function draw(): void {
    const shown = path();
    thread.replaceChildren(...shown.map(messageOf));
    const on = new Set(shown);
    for (const row of tree.querySelectorAll('a')) row.classList.toggle('on', on.has(row.dataset.id ?? ''));
  }

  /** What is read stands in the part of the tree that is in sight; the page itself does not move. */
  function showInTree(id: string | undefined): void {
    const row = [...tree.querySelectorAll('a')].find((one) => one.dataset.id === id);
    if (!row) return;
    const [top, room] = [row.offsetTop, tree.clientHeight];
    if (top < tree.scrollTop || top + row.offsetHeight > tree.scrollTop + room)
      tree.scrollTop = top - room / 2;
  }

  function go(id: string, focus = true): void {
    through(id);
    draw();
    const article = document.getElementById(`m-${id}`);
    article?.scrollIntoView({ block: 'start' });
    if (focus) article?.focus({ preventScroll: true });
    showInTree(id);
    history.replaceState(null, '', `#${id}`);
  }

  /** A row a message, a line a branch: the first child goes on straight, others begin a line of their own. */
  function drawTree(): void {
    const rows: { id: string; lane: number; above: number }[] = [];
    let lanes = 0;
    const waiting = [...(children.get(null) ?? [])].reverse().map((id) => ({ id, lane: -1, above: -1 }));
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const lane = next.lane < 0 ? lanes++ : next.lane;
      const row = rows.push({ id: next.id, lane, above: next.above }) - 1;
      const below = children.get(next.id) ?? [];
      for (const child of [...below].reverse())
        waiting.push({ id: child, lane: child === below[0] ? lane : -1, above: row });
    }
    const [height, step, svg] = [26, 12, document.createElementNS('http://www.w3.org/2000/svg', 'svg')];
    const x = (lane: number) => 10 + Math.min(lane, 24) * step;
    const y = (row: number) => row * height + height / 2;
    const width = x(lanes) + 6;
    svg.setAttribute('width', String(width));
    svg.setAttribute('height', String(rows.length * height));
    svg.setAttribute('aria-hidden', 'true');
    let lines = '';
    let dots = '';
    rows.forEach(({ id, lane, above }, index) => {
      const from = rows[above];
      if (from) lines += `M${x(from.lane)} ${y(above)}V${y(index) - height / 2}L${x(lane)} ${y(index)}`;
      const role = byId.get(id)?.role === 'user' ? 'user' : 'other';
      dots += `<circle class="${role}" cx="${x(lane)}" cy="${y(index)}" r="4"/>`;
    });
    svg.innerHTML = `<path d="${lines}"/>${dots}`;
    const list = make('div', 'rows');
    list.style.paddingLeft = `${width}px`;
    for (const { id } of rows) {
      const { who, first, star, label } = byId.get(id) as PageMessage;
      const link = make(
        'a',
        '',
        `${star ? '★ ' : ''}${label ? `${label}: ` : ''}${first || who}`,
      ) as HTMLAnchorElement;
      link.href = `#${id}`;
      link.dataset.id = id;
      link.title = who;
      link.addEventListener('click', (event) => {
        event.preventDefault();
        go(id);
      });
      list.append(link);
    }
    tree.append(svg, list);
  }

  function look(): void {
    const words = field.value.trim().toLowerCase();
    hits =
      words === ''
        ? []
        : data.messages.filter(({ text }) => text.toLowerCase().includes(words)).map(({ id }) => id);
    hit = -1;
    count.textContent = words === '' ? '' : `${hits.length} found`;
    const found = new Set(hits);
    for (const row of tree.querySelectorAll('a'))
      row.classList.toggle('hit', found.has(row.dataset.id ?? ''));
  }

  field.addEventListener('input', look);
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || hits.length === 0) return;
    event.preventDefault();
    hit = (hit + (event.shiftKey ? hits.length - 1 : 1)) % hits.length;
    count.textContent = `${hit + 1} of ${hits.length}`;
    go(hits[hit] as string, false);
  });

  drawTree();
  // Ids have nothing that an address would write otherwise.
  const asked = location.hash.slice(1);
  if (byId.has(asked)) go(asked);
  else {
    if (data.leaf !== null) through(data.leaf);
    draw();
    showInTree(path()[0]);
  }
}
