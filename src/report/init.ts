import type { Assessment } from '../model/index.ts';
import { forTerminal } from './escape.ts';

/** A first `seaworthy.yaml`: what was found, and what may be said, as comments. */
export function firstProjectFile({ repository, services, readiness }: Assessment): string {
  const found = services.flatMap(service => [
    `#   ${forTerminal(service.id)} in ${forTerminal(service.path)}: ${service.framework || service.language}`,
    ...service.startPaths
      .filter(({ production }) => production)
      .map(
        ({ command, at }) =>
          `#     starts with \`${forTerminal(command)}\` (${forTerminal(at.path)}:${at.startLine})`,
      ),
  ]);
  return [
    `# What seaworthy is to know about ${forTerminal(repository.name)}. Unknown keys are errors.`,
    `# When this was written it was ${readiness}.`,
    'version: 1',
    '',
    '# What the gate asks for: regular (critical findings), strict (all findings), auditor (what is undecided, too).',
    'persona: regular',
    '',
    ...(found.length > 0
      ? ['# Services that are found without help:', ...found]
      : ['# No service was found: name it below.']),
    '# Services that are not found, or start in another way:',
    '# services:',
    '#   - path: services/shop',
    '#     start: gunicorn shop.wsgi:app',
    '',
    '# Paths that are not read, as in .gitignore:',
    '# leave-out:',
    '#   - legacy/',
    '',
    '# Severities that you see otherwise:',
    '# severity:',
    '#   web/csp: medium',
    '',
    '# Risks that somebody has accepted for a time. `seaworthy waive <finding>` writes them.',
    'waivers: []',
    '',
    '# What only people can say:',
    '# attestations:',
    '#   - control: attest/penetration-test',
    '#     who: Jane Doe',
    '#     when: 2026-05-01',
    '#     until: 2027-05-01',
    '#     evidence: https://example.com/report',
    '#     frameworks: [soc2, iso27001]',
    'attestations: []',
    '',
  ].join('\n');
}
