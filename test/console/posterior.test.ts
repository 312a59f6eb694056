import fc from 'fast-check';
import t from 'tap';
import { posterior } from '../../src/kinship/index.ts';
import {
  formatPosterior,
  log10PosteriorOdds,
  log10Probability,
} from '../../web/src/candidates/posterior.ts';

/** A whole number of families that share a prior of 1 in `oneIn` each. */
const priors = fc
  .tuple(fc.integer({ min: 1, max: 100_000 }), fc.double({ min: 1.01, max: 1e4, noNaN: true }))
  .map(([families, share]) => ({ families, oneIn: families * share }));

t.test('it is the posterior of the service where a person has one candidate', async () => {
  fc.assert(
    fc.property(fc.double({ min: -20, max: 300, noNaN: true }), priors, (log10Lr, prior) => {
      const { families, oneIn } = prior;
      const ours = log10Probability(log10PosteriorOdds(log10Lr, oneIn));
      const theirs = Math.log10(posterior(log10Lr, [log10Lr], families, families / oneIn));
      return Math.abs(ours - theirs) < 1e-9;
    }),
  );
});

t.test('a probability and its rest make one, however near they are to 0 or 1', async () => {
  fc.assert(
    fc.property(fc.double({ min: -400, max: 400, noNaN: true }), (log10Odds) => {
      const [one, rest] = [log10Probability(log10Odds), log10Probability(-log10Odds)];
      const isWhole = Math.abs(10 ** one + 10 ** rest - 1) < 1e-12;
      // Odds are the one divided by the other.
      return isWhole && one <= 0 && rest <= 0 && Math.abs(one - rest - log10Odds) < 1e-9;
    }),
  );
});

t.test('by hand, and as it is shown', (t) => {
  const shown = (log10Lr: number, oneIn: number) =>
    formatPosterior(log10PosteriorOdds(log10Lr, oneIn));
  t.equal(shown(0, 2), '0.5000', 'an LR of 1 leaves the prior');
  t.equal(shown(6, 2000), '0.9980', '10^6 / (10^6 + 1999)');
  t.equal(shown(2, 1_000_001), '1.00 × 10⁻⁴', '100 / 1,000,100');
  t.equal(shown(21, 1001), '1 − 1.00 × 10⁻¹⁸', 'where a double is 1 already');
  t.equal(shown(400, 1001), '1 − 1.00 × 10⁻³⁹⁷', 'where a double has no LR');
  t.end();
});
