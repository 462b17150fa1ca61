// Every property is tried on the same examples each time, so that a red test is about the change that it stands in; the long tests look for
// new ones.
import fc from 'fast-check';

if (process.env['REGREEN_LONG_TESTS'] !== '1') fc.configureGlobal({ seed: 20_221_231 });
