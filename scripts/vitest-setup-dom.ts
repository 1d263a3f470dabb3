/** Component tests: unmounts what a test rendered. Without vitest globals, Testing Library does not do it itself. */
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// What is loaded when it is first needed takes its time where other tests run beside it: no second is asserted on.
configure({ asyncUtilTimeout: 10_000 });

afterEach(cleanup);
