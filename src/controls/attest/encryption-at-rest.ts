import { defineControl, onlyPeople } from '../define.ts';

export default defineControl({
  id: 'attest/encryption-at-rest',
  title: 'Stored data is encrypted where it lies',
  severity: 'medium',
  stage: 'stable',
  asks: 'Disks, databases, buckets and backups are encrypted, and the keys are kept apart from them.',
  why: 'A lost disk, a snapshot that was shared by mistake or a stolen backup gives everything away when it is not encrypted.',
  remedy: 'Switch on encryption of volumes, databases, buckets and backups, and say who holds the keys.',
  sources: [
    'CATALOG attestations',
    'SOC 2 CC6.1, CC6.7',
    'ISO 27001:2022 A.8.24',
    'GDPR Article 32(1)(a)',
    'HIPAA 164.312(a)(2)(iv)',
  ],
  fix: 'advice',
  drill: 'none',
  needs: [],

  applies: () => true,

  judge: () => onlyPeople('whether disks, databases and backups are encrypted'),
});
