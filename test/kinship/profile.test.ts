import t from 'tap';
import {
  type AlleleLabel,
  makeGenotype,
  readGenotype,
  showSameGenotypes,
} from '../../src/kinship/index.ts';
import { alleles, profileOf } from './small-table.ts';

t.test('a genotype is in ladder order, whatever the order in the file', (t) => {
  t.same(makeGenotype(alleles('13,12')), ['12', '13']);
  t.same(makeGenotype(alleles('10,9.3')), ['9.3', '10']);
  t.same(makeGenotype(alleles('14,9,12')), ['9', '12', '14']);
  t.end();
});

t.test('a homozygote holds its allele twice, however it was written', (t) => {
  t.same(makeGenotype(['12' as AlleleLabel]), ['12', '12']);
  t.same(makeGenotype(alleles('12,12')), ['12', '12']);
  t.same(makeGenotype(alleles('12,12,12')), ['12', '12']);
  t.end();
});

t.test('a genotype of two known alleles can be used', (t) => {
  t.same(readGenotype(makeGenotype(alleles('12,9.3'))), ['9.3', '12']);
  t.same(readGenotype(makeGenotype(alleles('12'))), ['12', '12']);
  t.end();
});

t.test('a genotype that cannot be used says why', (t) => {
  for (const seen of ['12,F', 'F', '12,OL,F'])
    t.equal(readGenotype(makeGenotype(alleles(seen))), 'allele-may-have-dropped-out', seen);
  t.equal(readGenotype(makeGenotype(alleles('9,12,14'))), 'more-than-two-alleles');
  for (const label of ['<8', '>25', '12.X', 'OL']) {
    t.equal(readGenotype(makeGenotype(alleles(`12,${label}`))), 'off-ladder-allele', label);
    t.equal(
      readGenotype(makeGenotype(alleles(`9,12,${label}`))),
      'off-ladder-allele',
      `three, ${label}`,
    );
  }
  t.end();
});

t.test('one person sampled twice shows the same genotype wherever both are typed', (t) => {
  const profile = profileOf({ D3S1358: '15,16', TH01: '6,9.3', vWA: '17,17' });
  const again = profileOf({ D3S1358: '16,15', TH01: '9.3,6', FGA: '20,21' });
  t.ok(showSameGenotypes(profile, again, 2));
  t.notOk(showSameGenotypes(profile, again, 3), 'too few loci to say so');
  t.notOk(showSameGenotypes(profile, new Map(), 1));
  t.notOk(showSameGenotypes(profile, profileOf({ D3S1358: '15,16', TH01: '6,9' }), 1));
  const offLadder = profileOf({ D3S1358: '15,16', TH01: '6,OL' });
  t.ok(showSameGenotypes(profile, offLadder, 1), 'an allele off the ladder says nothing');
  t.notOk(showSameGenotypes(offLadder, offLadder, 2), 'not even that it is the same');
  const three = profileOf({ TH01: '6,7,9.3' });
  t.ok(showSameGenotypes(three, three, 1), 'three alleles may be the same three');
  t.end();
});
