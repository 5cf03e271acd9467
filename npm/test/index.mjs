// Runs all tests of the package in one process: they share a server, a browser and the project that
// the package is installed into.
import { after } from 'node:test';

import { closeWorld } from './support/world.mjs';

import './package.mjs';
import './ceilings.mjs';
import './types.mjs';
import './docs.mjs';
import './flows.mjs';
import './elements.mjs';
import './styles.mjs';
import './readonly.mjs';
import './late.mjs';
import './access.mjs';
import './frameworks.mjs';
import './leptos.mjs';
import './leaks.mjs';
import './guard.mjs';
import './panic.mjs';
import './removal.mjs';
import './elsewhere.mjs';

after(closeWorld);
