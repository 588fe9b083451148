namespace Nabla;

/// <summary>
/// What the exporter needs of a tensor type, so that it does not depend on the one above it. Implemented by <c>Tensor</c>.
/// </summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
public interface ITensor<TSelf> where TSelf : class, ITensor<TSelf>
{
    /// <summary>The device tensor that holds the values.</summary>
    DeviceTensor Value { get; }

    /// <summary>A tensor without gradient over a device tensor; takes over the caller's ownership of its storage.</summary>
    static abstract TSelf FromDevice(DeviceTensor value);
}

/// <summary>A function with named state, as a module of a neural network is: what can be exported by name.</summary>
/// <typeparam name="T">The tensor type.</typeparam>
public interface IModule<T>
{
    /// <summary>Computes the output.</summary>
    T Forward(T input);

    /// <summary>Parameters and buffers with the paths that name them: <c>0.weight</c>; what is shared, under each of its names.</summary>
    IEnumerable<KeyValuePair<string, T>> NamedState();
}
