// Which source files a test file counts towards coverage. The tests left out start the program as a
// child process, and what runs through tsx there would be reported as fully covered.
const measuring = /^dist-test\/test\/(kinship|search|formats|property|agreement)\//;

export default function coverageMap(testFile) {
  return measuring.test(testFile) ? 'dist-test/src/{kinship,search,formats}/**/*.js' : null;
}
