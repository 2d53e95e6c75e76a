import '#renderer/ui/styles/index.css';
import './province.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

const place = document.getElementById('page');
if (!place) throw new Error('the page has no place to stand in');
createRoot(place).render(<StrictMode><App /></StrictMode>);
