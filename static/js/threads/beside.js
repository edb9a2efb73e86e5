// A page with posts of a thread that isn’t the thread’s own: what is taken away leaves it too.

import { socket } from "../core/socket.js";
import { watch } from "./gone.js";

socket.on("connect", watch);
