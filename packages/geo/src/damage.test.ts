import { damagedFiles } from "../test/damaged-files.ts";

damagedFiles(300);
