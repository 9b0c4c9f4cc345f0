import { topic } from '../topic.ts';

/** How the parts are put together. */
export const wiring = [
  topic(
    'background workers',
    ['wiring/scheduled-work'],
    ['scheduled jobs|tasks run|running', 'cron jobs run|running|scheduled'],
  ),
];
