import type { PhaseId } from '../model/index.ts';

export interface Phase {
  readonly id: PhaseId;
  readonly title: string;
  readonly why: string;
}

/** In the order of the work; a test holds it against the dependencies in `graph.ts`. */
export const PHASES: readonly Phase[] = [
  {
    id: 'questions',
    title: 'Find out',
    why: 'Reading could not tell. The answers may add work, so they come first.',
  },
  {
    id: 'start',
    title: 'Start as production',
    why: 'Until the service starts as it will run, nothing else can be tried.',
  },
  {
    id: 'secrets',
    title: 'Secrets and settings',
    why: 'Whoever has read the repository has its secrets; they open what all else protects.',
  },
  { id: 'access', title: 'Access', why: 'Everybody may do everything until callers are known and checked.' },
  {
    id: 'surface',
    title: 'What callers send and get',
    why: 'What is open to callers is open to attackers.',
  },
  {
    id: 'net',
    title: 'Tests and pipeline',
    why: 'From here on changes grow larger; tests say what they break.',
  },
  { id: 'data', title: 'Data', why: 'Code can be shipped again, lost data cannot.' },
  {
    id: 'observe',
    title: 'Logs, health and alerts',
    why: 'The first users meet the first faults; somebody has to see them.',
  },
  {
    id: 'deploy',
    title: 'Deployment',
    why: 'Only what can be set up again, and taken back, is in production.',
  },
  { id: 'load', title: 'Under load', why: 'What works for one caller has to work for many.' },
  { id: 'operate', title: 'People and documents', why: 'Whoever is called at night was not there by day.' },
];

export const PHASE_IDS: readonly PhaseId[] = PHASES.map(({ id }) => id);

export const rankOfPhase = (id: PhaseId): number => PHASE_IDS.indexOf(id);
