import '@/ui/styles.ts';
import 'virtual:theme.css';
import '@/ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiError } from '@/api/problem.ts';
import { App } from '@/app/App.tsx';

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root, {
    // What the server refused stands on the page; anything else is a fault, and told as one.
    onCaughtError: (error) => error instanceof ApiError || reportError(error),
  }).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
