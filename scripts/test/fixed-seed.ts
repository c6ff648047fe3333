import { configureGlobal } from 'fast-check';

/**
 * Properties are tried on the same inputs in every run: what fails, fails for who broke it. New inputs are the bench's
 * (`npm run bench -- parse-fuzz`).
 */
configureGlobal({ seed: 20_261_129 });
