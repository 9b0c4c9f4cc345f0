import { topic } from '../topic.ts';

/** The state of the code. */
export const code = [
  topic(
    'no unfinished work',
    ['code/todo'],
    ['no todo*', 'todo* ~ resolved|removed', 'review all todo fixme items', 'todo free'],
    { denials: ['files contain todo*'] },
  ),
  topic('no stand-ins', ['code/stubs'], ['no stubs?', 'no placeholder code', 'no mock data'], {
    denials: ['currently stubs', 'stubbed'],
  }),
  topic('no code from data', ['code/unsafe-deserialisation'], ['no pickle', 'safe deserializ*', 'no eval'], {
    denials: ['unsafe deserializ*', 'insecure deserializ*', 'pickle load*'],
  }),
];
