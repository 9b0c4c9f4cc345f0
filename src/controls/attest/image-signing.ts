import { defineControl, onlyPeople } from '../define.ts';

export default defineControl({
  id: 'attest/image-signing',
  title: 'Only images that were signed are run',
  severity: 'low',
  stage: 'stable',
  asks: 'Images are signed when they are built, and the platform refuses those that are not.',
  why: 'Who can write to the registry can otherwise run anything in production.',
  remedy: 'Sign in the pipeline and let the platform check before it runs an image.',
  sources: [
    'CATALOG attestations',
    'SOC 2 CC6.8, CC8.1',
    'ISO 27001:2022 A.5.21',
    'HIPAA 164.312(c)(1)',
    'SLSA v1.0',
  ],
  fix: 'advice',
  drill: 'none',
  needs: [],

  applies: () => true,

  judge: () => onlyPeople('whether images are signed and checked'),
});
