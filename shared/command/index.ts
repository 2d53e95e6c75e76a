export { faultIn, printFault, printResult, type Output } from './output.ts';
