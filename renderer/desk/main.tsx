import './eval-free.ts';
import '#renderer/ui/styles/index.css';
import './desk.css';
import './acts.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

const root = document.querySelector('#root');
if (!root) throw new Error('the page has no #root');
createRoot(root).render(<StrictMode><App /></StrictMode>);
