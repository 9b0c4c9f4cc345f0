import { defineControl, onlyPeople } from '../define.ts';

export default defineControl({
  id: 'attest/incident-team',
  title: 'It is agreed who leads and who informs in an incident',
  severity: 'medium',
  stage: 'stable',
  asks: 'Roles for an incident are assigned: who leads, who writes down, who tells customers and, where it must be, authorities.',
  why: 'Without a lead everybody repairs and nobody informs. Where personal data is lost the law gives 72 hours.',
  remedy:
    'Name the roles and their deputies, write down how authorities and customers are told, and practise once a year.',
  sources: [
    'CATALOG attestations',
    'SOC 2 CC7.3, CC7.4',
    'ISO 27001:2022 A.5.24, A.5.26',
    'GDPR Articles 33 and 34',
    'HIPAA 164.308(a)(6)',
  ],
  fix: 'advice',
  drill: 'none',
  needs: [],

  applies: () => true,

  judge: () => onlyPeople('who leads and informs in an incident'),
});
