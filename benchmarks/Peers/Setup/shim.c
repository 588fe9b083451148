/* The one symbol of GLIBCXX_3.4.32 that TorchSharp's library asks for. It stands for "iostreams are initialized", which an older libstdc++ does by itself. */
void _ZSt21ios_base_library_initv(void) {}
