import { readConfig, type Config } from './config.js';

/** Read once at start: a process with a wrong configuration ends before it listens. */
export const config: Config = readConfig(process.env);
