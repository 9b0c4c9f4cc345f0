import { ask } from '../../model/index.ts';
import { defineControl, every, lowered, onProductionPath, place } from '../define.ts';

export default defineControl({
  id: 'observe/sql-echo',
  title: 'Statements are not written into the log one by one',
  severity: 'medium',
  stage: 'stable',
  asks: 'Evaluates the echo option of each database engine, the setting of the framework, and the level of the engine’s logger, as production has them.',
  why: 'Every statement with its values stands in the log: it is slow, it is expensive, and it holds personal data.',
  remedy: 'Leave echo off, or read it from a setting that is off by default.',
  sources: ['CATALOG observe/sql-echo', 'OWASP Logging Cheat Sheet: Data to exclude'],
  fix: 'auto',
  drill: 'none',
  needs: ['sqlEcho'],

  applies: ({ facts }) => onProductionPath(facts.all('sqlEcho')).length > 0 || 'it uses no ORM that is known',

  judge: ({ facts }) =>
    every(onProductionPath(facts.all('sqlEcho')), ({ on }) => ask(on, isOn => !isOn), {
      proof: ({ at, name }) => place(at, `${name} is off`),
      exception: ({ at, name, reached }) => {
        const finding = place(at, `${name} is on: every statement is logged`);
        return reached === 'yes' ? finding : lowered(finding, 'whether production comes by cannot be told');
      },
    }),
});
