import { topic } from '../topic.ts';

/** Documents for those who run the service. */
export const ops = [
  topic(
    'deployment guide',
    ['shows:ops/deploy-doc'],
    [
      'deployment guide*',
      'deployment documentation',
      'deployment docs',
      'deployment instructions',
      'deployment.md',
      'deployment documented',
      'comprehensive deployment.md guide',
    ],
    {
      existence: true,
      other: ['deployment guide for ~ later'],
    },
  ),
  topic(
    'runbook',
    ['shows:ops/runbook'],
    [
      'runbooks?',
      'operations? runbook*',
      'troubleshooting guide',
      'operational documentation',
      'runbook procedures',
      'operational runbooks?',
    ],
    { existence: true, other: ['disaster recovery runbook'] },
  ),
  topic(
    'plan for incidents',
    ['shows:ops/incident'],
    [
      'incident response plan|procedure*|documentation',
      'incident response',
      'incident plan',
      'security incident response plan',
      'document incident response procedures',
    ],
    { existence: true, other: ['incident response team'] },
  ),
  topic(
    'security policy',
    ['shows:ops/security-policy'],
    ['security policy', 'vulnerability disclosure policy', 'responsible disclosure policy'],
    {
      labels: ['security.md'],
      existence: true,
      other: ['content security policy', 'pod security policy', 'security policy of'],
    },
  ),
  topic(
    'document about the architecture',
    ['shows:ops/architecture'],
    ['architecture diagram*', 'architecture doc*', 'architecture.md', 'system architecture ~ documented'],
    { existence: true },
  ),
];
