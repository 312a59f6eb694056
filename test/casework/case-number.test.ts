import t from 'tap';
import { newCaseNumber, readCaseNumber } from '../../src/casework/cases/case-number.ts';

t.test('a case number is read as it was written, and as somebody may copy it', (t) => {
  for (let times = 0; times < 200; times++) {
    const number = newCaseNumber();
    t.equal(readCaseNumber(number), number);
    const copied = number
      .toLowerCase()
      .replaceAll('0', 'o')
      .replaceAll('1', times % 2 ? 'l' : 'I');
    t.equal(readCaseNumber(copied), number, copied);
  }
  const others = [
    '',
    'F1',
    'HW-',
    'HW-7K2M9QX4T',
    'HW-7K2M9QX4TDD',
    'HW7K2M9QX4TD',
    ' HW-7K2M9QX4TD',
  ];
  for (const other of others) t.equal(readCaseNumber(other), null, other);
  t.end();
});
