import fc from 'fast-check';
import t from 'tap';
import { readAuditView, toAuditQuery } from '../../web/src/administration/audit-view.ts';

t.test('an address that anybody may have written becomes a search', (t) => {
  const search = { role: 'king', actor: 'key_1', status: 403, action: '', object: ['x'], more: 1 };
  t.same(readAuditView(search), { actor: 'key_1', status: '403' });
  t.same(readAuditView({ role: 'police', from: '2026-01-01T08:00' }), {
    role: 'police',
    from: '2026-01-01T08:00',
  });
  t.end();
});

t.test('moments are asked for in UTC, and those that are none are left out', (t) => {
  t.same(toAuditQuery({ status: '4xx', from: 'yesterday' }), { status: '4xx' });
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }), (at) => {
      // As a field of a page writes it: local, to the minute.
      const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
      const written = local.toISOString().slice(0, 16);
      const { to } = toAuditQuery({ to: written });
      return to !== undefined && Math.abs(Date.parse(to) - at.getTime()) < 60_000;
    }),
  );
  t.end();
});
