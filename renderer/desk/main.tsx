import './eval-free.ts';
import '#renderer/ui/styles/index.css';
import './desk.css';
import './acts.css';
import { StrictMode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { earlyPin, removeEarly } from './state/early-pin.ts';

const root = document.querySelector('#root');
if (!root) throw new Error('the page has no #root');
const counter = createRoot(root);
// All in one turn: no key can fall between the field of the page's file and the one drawn here.
flushSync(() => counter.render(<StrictMode><App typed={earlyPin()} /></StrictMode>));
removeEarly();
