import { a } from './lok.js';
                   //^^^^^^ error[script]: there is no script `./lok.js`
