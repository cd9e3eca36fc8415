import './lib/zod-without-eval.ts';
import { mount } from 'svelte';
import './fonts/fonts.css';
import './app.css';
import App from './App.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('index.html lost its #app');
mount(App, { target });
