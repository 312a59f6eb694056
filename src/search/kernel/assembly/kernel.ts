export { scanCouples, scanShared } from './scan';
export { listAll, scoreCouples, scoreShared } from './score';
export { screenCouples, screenShared } from './screen';
export { screenWeighed } from './weigh';
