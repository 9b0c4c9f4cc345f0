import { known } from '../../model/index.ts';
import { defineControl, failOr, lowered, passEvery, place, unknown } from '../define.ts';

export default defineControl({
  id: 'server/debug-off',
  title: 'Debugging is off in production',
  severity: 'critical',
  stage: 'stable',
  asks: 'Asks whether debug mode is on, by a literal, by default, or by a variable that the production image, compose file or manifest sets.',
  why: 'Debug pages show code, settings and secrets to whoever causes an error, and the interactive debugger runs what they type.',
  remedy: 'Remove the switch, or read it from the environment with off as the default.',
  sources: ['CATALOG server/debug-off', 'OWASP ASVS 5.0 V13.4'],
  fix: 'auto',
  drill: 'error-disclosure',
  needs: ['debugMode', 'startPath'],

  applies: ({ facts }) =>
    facts.has('startPath') || facts.has('debugMode') || 'it starts nothing that serves requests',

  judge: ({ facts }) => {
    const on = facts.all('debugMode').filter(mode => known(mode.on) === true);
    const starts = facts.all('startPath').filter(({ command }) => command.stage !== 'development');
    const isKnown = starts.some(({ target }) => target.state === 'resolved');
    const findings = on.map(mode => {
      const finding = place(mode.at, `${mode.name} turns debugging on`);
      if (mode.reached === 'no') return lowered(finding, 'no production start path comes by this line');
      return mode.reached === 'unclear' && isKnown
        ? lowered(finding, 'whether a production start path comes by this line cannot be told')
        : finding;
    });
    const open = facts.all('debugMode').find(mode => mode.on.state === 'unclear' && mode.reached !== 'no');
    if (findings.length === 0 && open)
      return unknown(`${open.at.path}:${open.at.startLine} sets ${open.name}, and it cannot be told to what`);
    const off = facts.all('debugMode').filter(mode => known(mode.on) === false);
    if (findings.length + off.length + starts.length === 0)
      return unknown('no production start path is known, and nothing sets the switch');
    return failOr(
      findings,
      passEvery([
        ...off.map(mode => place(mode.at, `${mode.name} is off by default`)),
        ...starts.map(path => place(path.at, 'nothing on the way from here turns debugging on')),
      ]),
    );
  },
});
