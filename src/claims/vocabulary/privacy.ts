import { topic } from '../topic.ts';

/** Data of people. */
export const privacy = [
  topic(
    'export of personal data',
    ['privacy/export'],
    [
      'data export ~ user*|personal|gdpr',
      'gdpr data export',
      'right to access',
      'data portability',
      'export of personal data',
    ],
  ),
  topic(
    'erasure of personal data',
    ['privacy/erasure'],
    [
      'right to erasure',
      'right to be forgotten',
      'user data deletion',
      'account deletion',
      'data deletion workflow*',
      'erasure of personal data',
    ],
  ),
  topic(
    'period for personal data',
    ['privacy/retention'],
    ['data retention polic*', 'data retention', 'retention polic*'],
    { other: ['log retention', 'backup retention ~ (policy)'] },
  ),
];
