import './styles.css';
import { QueryClient } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBough } from '../client/bough.ts';
import { browserLive } from '../client/live/browser-live.ts';
import { App } from './app/app.tsx';
import { followTheme } from './stores/theme.ts';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root.');

followTheme();
createRoot(root).render(
  <StrictMode>
    <App bough={createBough({ queryClient: new QueryClient(), live: browserLive })} />
  </StrictMode>,
);
