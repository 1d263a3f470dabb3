/** A page on the AI SDK's `useChat` and nothing else, to measure beside ours: text as it comes, nothing is kept. Not in the product. */
import { useChat } from '@ai-sdk/react';
import { DefaultChatTransport } from 'ai';
import { type FormEvent, useState } from 'react';
import { createRoot } from 'react-dom/client';

const transport = new DefaultChatTransport({ api: '/chat' });

function Chat() {
  const { messages, sendMessage, status } = useChat({ transport });
  const [text, setText] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    void sendMessage({ text });
    setText('');
  };
  return (
    <main>
      {messages.map(({ id, parts }) => (
        <article key={id}>{parts.map((part) => (part.type === 'text' ? part.text : ''))}</article>
      ))}
      <form onSubmit={send}>
        <input aria-label="Message" value={text} onChange={({ target }) => setText(target.value)} />
        <button type="submit">Send</button>
      </form>
      <p role="status">{status}</p>
    </main>
  );
}

createRoot(document.getElementById('root') as HTMLElement).render(<Chat />);
