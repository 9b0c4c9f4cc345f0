import { defineControl, onlyPeople } from '../define.ts';

export default defineControl({
  id: 'attest/network-rules',
  title: 'The network lets in only what the service needs',
  severity: 'medium',
  stage: 'stable',
  asks: 'Firewalls and security groups of the platform let in the public ports only; stores and admin ports are reached from inside.',
  why: 'What the repository describes is one layer; rules made by hand in a console can open what it closes.',
  remedy: 'Look through the rules of the platform, close what nobody needs, and keep them as code.',
  sources: [
    'CATALOG attestations',
    'SOC 2 CC6.6',
    'ISO 27001:2022 A.8.20, A.8.22',
    'GDPR Article 32(1)(b)',
    'HIPAA 164.312(e)(1)',
  ],
  fix: 'advice',
  drill: 'none',
  needs: [],

  applies: () => true,

  judge: () => onlyPeople('which connections the network lets in'),
});
