// Written by `npm run generate`. Do not edit.
import containerCompose from './container/compose.ts';
import containerDockerfile from './container/dockerfile.ts';
import type { Extractors } from './collect.ts';
import type { DocumentExtractor, Extractor } from './define.ts';

export const extractors: Extractors = {
  documents: [
    containerCompose as DocumentExtractor,
    containerDockerfile as DocumentExtractor,
  ],
  services: [
  ],
};
