/** How many tests passed and how many failed, by vitest's JSON report. A file that does not load fails without a test: as one. */
import { readFileSync } from 'node:fs';

const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const isFailed = ({ status }) => status === 'failed';
const failedWithoutTest = testResults.filter((file) => isFailed(file) && !file.assertionResults.some(isFailed));
console.log(numPassedTests, numFailedTests + failedWithoutTest.length);
